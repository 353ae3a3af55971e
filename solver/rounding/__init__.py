"""From a mixture of block plans to one plan in whole decisions."""
