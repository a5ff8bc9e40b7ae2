"""Tables of 项目支出 in budget publications, and the forms of the projects that they list."""
