/** Mutants that no test can find, each with why: what stands in the source, what the mutant makes of it. */
export const EQUIVALENT: readonly { file: string; from: string; to: string; why: string }[] = [
  {
    file: 'contracts/src/Charges.sol',
    from: 'word != 0',
    to: 'true',
    why: 'writes a zero over a zero: only gas',
  },
  {
    file: 'contracts/src/Charges.sol',
    from: 'wait != 0',
    to: 'true',
    why: 'no wait is below every cap: only gas',
  },
  ...['0x1a0', '0x120', '0xe0'].map(size => ({
    file: 'contracts/src/Terms.sol',
    from: size,
    to: `${size} + 1`,
    why: 'copies one byte too many behind what is hashed',
  })),
  {
    file: 'contracts/src/Terms.sol',
    from: '0x40',
    to: '0x40 + 1',
    why: 'reads the free pointer one byte late: another free place in memory, the same hash',
  },
  ...['toOwner', 'toDriver'].map(part => ({
    file: 'contracts/src/LeaseSplit.sol',
    from: `${part} != 0`,
    to: 'true',
    why: 'gives nothing: only gas and an event of nothing',
  })),
  {
    file: 'contracts/src/Charges.sol',
    from: 'price.hasExtras()',
    to: 'true',
    why: 'reads extras that are zero: only gas',
  },
  {
    file: 'contracts/src/Charges.sol',
    from: '0',
    to: '0 + 1',
    why: 'extras that are zero, or name but a section of one metre, have no bound of tolls',
  },
  {
    file: 'contracts/src/Signatures.sol',
    from: '32',
    to: '32 + 1',
    why: 'thirty-three bytes become the same thirty-two',
  },
  {
    file: 'contracts/src/Charges.sol',
    from: 'word != 0',
    to: 'word == 0',
    why: 'keeps no copy of the price and asks for it each time: only gas',
  },
]
