import type { ActMatter } from '@hexhail/audit/log/append-act.ts'
import { PERMIT_CHANGES } from '@hexhail/audit/log/entry.ts'
import { nodeSha256 } from '@hexhail/audit/log/node-sha256.ts'
import type { Entry, RegisterLine } from '@hexhail/permits/register.ts'
import { concat, fromHex } from '@hexhail/protocol/hex.ts'
import type { TellAct } from './tell-act.ts'

/**
 * Takes the lines of an office's register and tells the public log of each decision, one after the other. A decision does
 * not wait for the log: what it does not take is told again at the next start, for the same act is one leaf.
 */
export function officeActs(
  tell: TellAct,
  report: (error: unknown) => void,
): (line: RegisterLine, entry: Entry) => void {
  let tail: Promise<void> = Promise.resolve()
  return (line, entry) => {
    const matter = matterOf(line, entry)
    if (matter) tail = tail.then(() => tell(matter, line.atMs)).catch(report)
  }
}

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
        subject: nodeSha256(new TextEncoder().encode(line.id)),
        change: PERMIT_CHANGES.refused,
        untilS: 0,
      }
    default:
      return null
  }
}
