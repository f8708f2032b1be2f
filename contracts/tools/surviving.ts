/** Mutants that no test can find, each with why: what stands in the source, what the mutant makes of it, in which line. */
const EQUIVALENT: readonly Equivalent[] = [
  {
    file: 'contracts/src/Terms.sol',
    line: 'let p := mload(0x40)',
    from: '0x40',
    to: '0x40 + 1',
    why: 'reads the free pointer one byte late: another free place in memory, the same hash',
  },
  {
    file: 'contracts/src/Terms.sol',
    line: 'calldatacopy(add(p, 0x40), r, 0x120)',
    from: '0x120',
    to: '0x120 + 1',
    why: 'copies one byte too many behind what is hashed',
  },
  {
    file: 'contracts/src/Charges.sol',
    line: 'let p := mload(0x40)',
    from: '0x40',
    to: '0x40 + 1',
    why: 'reads the free pointer one byte late: another free place in memory, the same event',
  },
  {
    file: 'contracts/src/Charges.sol',
    line: 'if (price.hasExtras()) extras',
    from: 'price.hasExtras()',
    to: 'true',
    why: 'reads extras that are zero: only gas',
  },
  {
    file: 'contracts/src/Charges.sol',
    line: 'if (Extras.unwrap(extras) != 0)',
    from: 'Extras.unwrap(extras) != 0',
    to: 'true',
    why: 'extras that are zero have no bound of tolls: only gas',
  },
  {
    file: 'contracts/src/Charges.sol',
    line: 'if (Extras.unwrap(extras) != 0)',
    from: '0',
    to: '0 + 1',
    why: 'extras that are zero, or name but a section of one metre, have no bound of tolls',
  },
  {
    file: 'contracts/src/Charges.sol',
    line: 'if (amount == 0) return;',
    from: 'amount == 0',
    to: 'false',
    why: 'pays nothing: only gas',
  },
  {
    file: 'contracts/src/Exits.sol',
    line: 'if (rest != 0)',
    from: 'rest != 0',
    to: 'true',
    why: 'adds nothing: only gas',
  },
  {
    file: 'contracts/src/Prices.sol',
    line: 'metres > section',
    from: 'metres > section',
    to: 'metres >= section',
    why: 'at the section itself there is nothing beyond it',
  },
  {
    file: 'contracts/src/Prices.sol',
    line: 'waitSecs <= free',
    from: 'waitSecs <= free',
    to: 'waitSecs < free',
    why: 'at the last free second the price is zero either way',
  },
  {
    file: 'contracts/src/Vouchers.sol',
    line: 'v.budget > spent',
    from: 'v.budget > spent',
    to: 'v.budget >= spent',
    why: 'the rest of a budget that is spent is zero either way',
  },
  {
    file: 'contracts/src/LeaseSplit.sol',
    line: 'toOwner > owed - paid',
    from: 'toOwner > owed - paid',
    to: 'toOwner >= owed - paid',
    why: 'takes the same of two equal amounts',
  },
]

interface Equivalent {
  readonly file: string
  /** Part of the line of the source. */
  readonly line: string
  readonly from: string
  readonly to: string
  readonly why: string
}

/** Why no test can find a mutant; '' for one of which nobody has said so. */
export function reasonOf(
  mutant: { readonly place: string; readonly from: string; readonly to: string },
  sources: Readonly<Record<string, string>>,
): string {
  const [file, row] = mutant.place.split(':') as [string, string]
  const line = sources[file]?.split('\n')[Number(row) - 1] ?? ''
  const found = EQUIVALENT.find(
    each =>
      each.file === file && line.includes(each.line) && each.from === mutant.from && each.to === mutant.to,
  )
  return found?.why ?? ''
}
