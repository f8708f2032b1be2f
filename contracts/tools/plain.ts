/**
 * Optimizer settings without optimizing, so that code can be followed line by line; inline assembly alone is: without
 * it OpenZeppelin's P256 is «stack too deep».
 */
export const PLAIN = {
  enabled: false,
  runs: 1,
  details: {
    peephole: false,
    inliner: false,
    jumpdestRemover: false,
    orderLiterals: false,
    deduplicate: false,
    cse: false,
    constantOptimizer: false,
    yul: true,
  },
} as const
