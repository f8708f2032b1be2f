import type { Evidence } from './evidence.ts'

/** What an evidence file cannot prove without asking anyone: what who reads it must know from elsewhere, or look up. */
export function trustsOf({ check, chain, trips, books }: Evidence): readonly string[] {
  const facts = trips.map(
    ({ settled }) =>
      `that vault ${chain.vault} of chain ${chain.chainId} logged this settlement in block ${settled.blockNumber} ` +
      `(${settled.blockHash}), transaction ${settled.txHash}, log ${settled.logIndex}`,
  )
  const tariffs = books.tariffs.map(
    ({ id, tariff, document }) =>
      `that ${tariff.authority} published tariff ${id} with these figures` +
      (document ? '; the document is the one whose sha256 they name' : ''),
  )
  return [...new Set([...facts, ...tariffs, ...(BY_CHECK[check] ?? [])])]
}

const BY_CHECK: Readonly<Record<string, readonly string[]>> = {
  C1: ['that nothing was filed: whoever shows the record, promised by the log in time, refutes it'],
  C2: ['that these bytes were what the log holds for the trip'],
  C4: ['that the numbers filed as void are all that were filed for the shift'],
  F4: ['that the concession was valid, as the register says'],
  L2: ['when the tariff was replaced, where its document does not say it'],
  P1: [
    "that the times are all of the driver's permits, by the events Granted and Revoked of the permit registry",
  ],
  P2: ["that the times are all of the car's credentials, as the authority's register has them"],
  T3: ["the driver's device, not the reading of it: the trace is what he signed"],
  W2: ['that the lease is registered with these terms, and the events Shared of its account'],
  G1: ["the log's public key, and of an anchor that the chain has it"],
  G2: ["the log's public key, and of an act that the chain has it"],
  Q1: ['that the exported file is the one that was delivered'],
}
