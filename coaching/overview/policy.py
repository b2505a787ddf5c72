"""Who may read totals over an organisation's missions: its sponsors, who commission them. There is no table here."""

from coaching.kernel.registry import Reader, declare_section

declare_section("overview.totals", Reader.SPONSOR)
