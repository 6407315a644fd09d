"""Ranks that stand for a place (市教育局, 县大数据中心), told from words that begin with the same character."""

NO_RANK = "级|域|内|外|场|民|镇|城|区|容|值|属|直|际|情|里|中心$|政(?!府|务|法|协)"
"""What follows such a character in 市场, 区域, 县城 and their like."""

RANK = f"(?:省级?|自治区|[市县区州旗](?!{NO_RANK})|市(?=城[管建乡市])|[市县区]级)"
"""The rank at the head of a name."""
