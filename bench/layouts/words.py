"""What a form may print for one meaning: words of the family, and synonyms that its grammar may not know."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

# For a fifth of the meanings of a form a word of the second list is printed.
UNSEEN_SHARE = 0.2

# meaning -> (words of the family, synonyms)
WORDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "project_name": (("项目名称", "项目支出名称"), ("项目全称", "项目标题")),
    "department": (("主管部门", "主管部门及代码", "业务主管部门"), ("主管单位及编码", "归属部门", "项目主办部门")),
    "unit_name": (("单位名称", "部门（单位）名称", "部门名称", "预算单位"), ("机构全称", "本级机构")),
    "transfer_name": (("专项名称", "转移支付（项目）名称", "专项资金名称", "项目名称"), ("补助事项", "下达资金事项")),
    "local_department": (("地方主管部门", "省级主管部门", "县级主管部门", "主管部门"), ("属地牵头机构",)),
    "long_side": (("长期绩效指标", "实施期绩效指标", "中长期绩效指标", "中期绩效指标"), ()),
    "year_side": (("年度绩效指标", "当年绩效指标", "本年度绩效指标"), ()),
    "implementer": (("实施单位", "项目实施单位", "资金使用单位"), ("项目承办单位", "具体实施机构")),
    "attribute": (("项目属性", "项目类别", "项目性质"), ("项目分类标识", "立项类型")),
    "period": (("项目期", "项目实施期", "项目周期"), ("起讫年限", "项目起止时段")),
    "block": (("项目资金（万元）", "资金情况（万元）", "预算资金（万元）", "项目资金申请（万元）"), ("经费情况（万元）",)),
    "total": (("年度资金总额", "年度资金总额：", "资金总额"), ("本年资金合计数", "年度经费总额")),
    "fiscal_appropriation": (("其中：财政拨款", "财政拨款", "其中：当年财政拨款"), ("其中：财政安排", "财政供给资金")),
    "carry_over": (("上年结转", "上年结转资金"), ("以前年度结转结余", "结转使用数")),
    "other": (("其他资金",), ("其余来源资金", "另筹资金")),
    "mid_total": (("中期资金总额：", "实施期资金总额", "实施期金额：", "项目总预算"), ("各年度资金累计", "全部年度总经费")),
    "central": (("其中：中央补助", "中央资金", "其中：中央财政资金"), ("国家级补助款",)),
    "local": (("地方资金", "省级资金", "市县资金"), ("属地配套款",)),
    "initial_budget": (("年初预算数", "年初预算", "年初预算数（万元）"), ("期初核定数",)),
    "adjusted_budget": (("全年预算数", "调整后预算数", "全年预算数（A）"), ("追加后核定数",)),
    "executed": (("全年执行数", "预算执行数", "全年执行数（B）", "实际支出数"), ("已列支数",)),
    "rate": (("执行率", "预算执行率", "执行率（B/A）"), ("支用比",)),
    "interim_executed": (("1-7月执行数", "1—7月执行数", "1-6月执行数", "上半年执行数"), ("已列支数",)),
    "interim_rate": (("1-7月执行率", "执行率", "预算执行进度"), ("支用比",)),
    "expected": (("全年预计执行数", "预计全年执行数"), ("年底料想支用数",)),
    "interim_value": (("1-7月完成值", "1—7月执行情况", "上半年完成值", "1-6月完成情况"), ("现时达成数",)),
    "expected_value": (("全年预计完成值", "全年预计完成情况", "预计全年完成情况"), ("年底料想数",)),
    "deviation": (("偏差原因分析", "偏差原因"), ("落差缘由",)),
    "money_points": (("分值", "权重"), ("配分值",)),
    "money_score": (("得分", "自评得分"), ("实得分值数",)),
    "goal": (("年度总体目标", "年度目标", "年度绩效目标", "总体目标", "绩效目标"), ("本年拟达成效果", "当年工作成效设想")),
    "goal_block": (("总体目标", "年度总体目标", "项目绩效目标"), ("目标情况", "目标概述")),
    "mid_goal": (("实施期总目标", "中期目标", "长期目标", "长期目标（截止2029年）", "中长期目标"), ("远期成效", "三至五年设想")),
    "annual_goal": (("年度目标", "年度绩效目标", "本年度目标"), ("当年成效",)),
    "planned": (("预期目标", "年初设定目标", "年度目标", "项目年度目标"), ("原定成效",)),
    "reached": (("实际完成情况", "年度目标完成情况", "年度总体目标完成情况综述", "全年完成情况"), ("年末达成概貌",)),
    "level3": (("三级指标", "指标名称", "具体指标"), ("末级指标项", "指标条目")),
    "operator": (("指标性质", "计算符号", "指标类型"), ("比较关系",)),
    "value": (("指标值", "年度指标值", "目标值", "当年指标值"), ("拟达数值",)),
    "unit": (("计量单位", "度量单位", "指标单位"), ("量纲",)),
    "actual_value": (("实际完成值", "全年完成值", "年末实际值", "当年完成值", "完成值"), ("达成数值",)),
    "previous_value": (("上年完成值", "去年实际完成值", "上年指标值"), ("前一周期达成数",)),
    "points": (("分值", "权重", "指标分值"), ("配分",)),
    "score": (("得分", "自评分", "自评得分"), ("实得分",)),
    "reason": (("偏差原因分析及改进措施", "未完成原因分析", "未完成原因和改进措施"), ("落差缘由",)),
    "explanation": (("指标解释", "指标说明"), ("口径释义",)),
    "remark": (("备注",), ("附记",)),
    "filled_by": (("填表人", "填报人"), ("经手人员",)),
    "responsible": (("单位负责人", "单位负责人签字"), ("单位主官",)),
    "filled_on": (("填报日期", "填表日期"), ("落款时间",)),
}  # fmt: skip
# Parts of forms that have no field: delivered under their own words.
REMARKS = (
    "其他说明的问题",
    "存在问题",
    "改进措施",
    "审核意见",
    "主管部门审核意见",
    "其他需要说明的问题",
    "后续工作安排",
    "绩效目标调整说明",
)


@dataclass
class Wording:
    """The words of one form: chosen once for each meaning, remembered with the synonyms among them."""

    rng: random.Random
    unseen_share: float = UNSEEN_SHARE
    chosen: dict[str, str] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)

    def say(self, meaning: str) -> str:
        """The word of a meaning on this form."""
        if meaning not in self.chosen:
            known, strange = WORDS[meaning]
            odd = bool(strange) and self.rng.random() < self.unseen_share
            word = self.rng.choice(strange if odd else known)
            self.chosen[meaning] = word
            if odd:
                self.unseen.add(word)
        return self.chosen[meaning]
