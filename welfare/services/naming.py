"""What a benefit for an occasion is called."""


def named(occasion: str, benefit: str) -> str:
    """Join both names, saying once what both say: 2027年春节 and 春节慰问品 make 2027年春节慰问品."""
    shared = next((size for size in range(len(benefit), 1, -1) if occasion.endswith(benefit[:size])), 0)
    return occasion + benefit[shared:]
