"use strict";
// The page's words in English; the Chinese ones stand in the page itself.
const WORDS = {
  "zh-CN": { any: { unit: "全部单位", year: "全部年度", code: "全部类型", reader: "全部来源", file: "全部文件" }, count: "条待核", of: "共", noPicture: "没有图片：",
    nothing: "没有符合条件的条目。", rawLabel: "识别原文", valueLabel: "交付值", proposalLabel: "另一读法", confidenceLabel: "置信度", placeLabel: "位置", correctionLabel: "修改", saidLabel: "另见", decidedLabel: "已处理",
    page: "页", row: "行", blank: "（空）", saved: "已保存。", undone: "已撤销。", sampleWhy: "抽中的值：与原页比对，正确、错误（填正确的值）还是无法辨认？", actions: { accept: "正确", correct: "更正", reject: "恢复原文", unreadable: "无法辨认" } },
  en: { any: { unit: "all units", year: "all years", code: "all kinds", reader: "all readers", file: "all files" }, count: "to review", of: "of", noPicture: "No picture: ",
    nothing: "Nothing fits.", rawLabel: "read", valueLabel: "delivered", proposalLabel: "other reading", confidenceLabel: "confidence", placeLabel: "place", correctionLabel: "correction", saidLabel: "also", decidedLabel: "decided",
    page: "page", row: "row", blank: "(blank)", saved: "Saved.", undone: "Undone.", sampleWhy: "A value of the sample: compare it with the page. Right, wrong (give the right value) or unreadable?", actions: { accept: "accept", correct: "correct", reject: "reject", unreadable: "unreadable" },
    texts: { title: "Review", sample: "Sample", open: "open", done: "decided", all: "all", reviewer: "reviewer", back: "back", next: "next", everywhere: "the same everywhere with this reading", accept: "right", correct: "correct", reject: "as read", unreadable: "unreadable", undo: "undo",
      search: "search ( / )", after: "right value", keys: "J/K next/previous · Enter right · E correct (Enter saves) · U unreadable · R as read · A everywhere · Z undo · / search" } },
};
