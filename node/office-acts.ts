import type { ActMatter } from '@hexhail/audit/log/append-act.ts'
import { PERMIT_CHANGES } from '@hexhail/audit/log/entry.ts'
import { nodeSha256 } from '@hexhail/audit/log/node-sha256.ts'
import type { ConcessionEntry, ConcessionLine } from '@hexhail/permits/concession-register.ts'
import type { Entry, RegisterLine } from '@hexhail/permits/register.ts'
import { concat, fromHex } from '@hexhail/protocol/hex.ts'
import type { TellAct } from './tell-act.ts'

/**
 * Takes the lines of an office's register and tells the public log of each decision, one after the other. A decision does
 * not wait for the log: what it does not take is told again at the next start, for the same act is one leaf.
 */
export const officeActs = (tell: TellAct, report: (error: unknown) => void) => actsOf(tell, report, matterOf)

/** The same of the register of concessions: who was given one nobody else need know, so each is told by a hash alone. */
export const concessionActs = (tell: TellAct, report: (error: unknown) => void) =>
  actsOf(tell, report, claimMatter)

function actsOf<Line extends { readonly atMs: number }, Of>(
  tell: TellAct,
  report: (error: unknown) => void,
  matter: (line: Line, entry: Of) => ActMatter | null,
): (line: Line, entry: Of) => void {
  let tail: Promise<void> = Promise.resolve()
  return (line, entry) => {
    const act = matter(line, entry)
    if (act) tail = tail.then(() => tell(act, line.atMs)).catch(report)
  }
}

/** Of a claim, the applicant finds his by its id. What is issued each month is not told: how often somebody rides is his. */
function claimMatter(line: ConcessionLine, { untilS }: ConcessionEntry): ActMatter | null {
  if (line.type === 'applied' || line.type === 'issued') return null
  const change = PERMIT_CHANGES[line.type]
  return { name: 'permit', subject: idHash(line.id), change, untilS: line.type === 'refused' ? 0 : untilS }
}

const idHash = (id: string) => nodeSha256(new TextEncoder().encode(id))

/** What a line decided; null: nothing. Credentials that are issued stand on the chain, and are in the log by that. */
function matterOf(line: RegisterLine, { account, untilS }: Entry): ActMatter | null {
  const subject = concat(new Uint8Array(12), fromHex(account, 20))
  switch (line.type) {
    case 'granted':
    case 'reinstated':
      return { name: 'permit', subject, change: PERMIT_CHANGES.granted, untilS }
    case 'stopped':
      return { name: 'permit', subject, change: PERMIT_CHANGES[line.state], untilS }
    case 'refused':
      // Who was refused nobody else need know: the applicant finds his by the id of his application.
      return {
        name: 'permit',
        subject: idHash(line.id),
        change: PERMIT_CHANGES.refused,
        untilS: 0,
      }
    default:
      return null
  }
}
