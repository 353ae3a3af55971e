"""The whole-yuan ledger: from what is decided to who pays each yuan, in exact integers."""
