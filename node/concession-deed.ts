import { fromBase64url } from '@hexhail/permits/base64url.ts'
import { openClaim } from '@hexhail/permits/concession-claim.ts'
import type { ConcessionEntry } from '@hexhail/permits/concession-register.ts'
import type { OfficerClient } from '@hexhail/permits/officer-client.ts'
import type { Reason } from '@hexhail/permits/register.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** Deeds of `hexhail permit` about reduced fares. */
export const CONCESSION_DEEDS = [
  'concession-list',
  'concession-grant',
  'concession-refuse',
  'concession-revoke',
] as const

type ConcessionDeed = (typeof CONCESSION_DEEDS)[number]

export const isConcessionDeed = (deed: string): deed is ConcessionDeed =>
  (CONCESSION_DEEDS as readonly string[]).includes(deed)

/** Does a deed at the office; resolves with what is to be printed, one object a claim. */
export async function concessionDeed(
  office: Pick<OfficerClient, 'concessions' | 'grantConcession' | 'stopConcession'>,
  deed: ConcessionDeed,
  id: string | undefined,
  {
    reason,
    untilS,
    pair,
  }: { readonly reason: Reason; readonly untilS: number; readonly pair: CryptoKeyPair },
): Promise<readonly object[]> {
  if (deed === 'concession-list')
    return Promise.all((await office.concessions()).map(entry => shown(entry, pair)))
  if (id === undefined)
    throw new HexhailError('bad-value', `${deed} needs the ID of a claim: see concession-list.`)
  if (deed !== 'concession-grant') {
    const what = deed === 'concession-refuse' ? 'refuse' : 'revoke'
    return [await shown(await office.stopConcession(what, id, reason), pair)]
  }
  const entry = (await office.concessions()).find(each => each.id === id)
  const opened = entry && (await openClaim(pair, entry))
  if (opened?.verdict !== 'accept')
    throw new HexhailError(
      'no-application',
      `There is no claim ${id} that this key opens: see concession-list.`,
      { id },
    )
  return [await shown(await office.grantConcession(id, opened.value.category, untilS), pair)]
}

/** An entry as an officer reads it: the claim opened, the picture by its size, credentials by their number. */
async function shown(entry: ConcessionEntry, pair: CryptoKeyPair): Promise<object> {
  const { sealed: _, ticket: __, issued, ...rest } = entry
  const opened = await openClaim(pair, entry)
  const count = issued && { month: issued.month, credentials: issued.indexes.length }
  if (opened.verdict !== 'accept') return { ...rest, issued: count, claim: null }
  const { picture, ...claim } = opened.value
  return { ...rest, issued: count, claim: { ...claim, pictureBytes: fromBase64url(picture)!.length } }
}
