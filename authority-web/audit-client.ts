import type { Books } from '@hexhail/audit/checks/books.ts'
import type { TripBytes } from '@hexhail/audit/checks/read-trip.ts'
import type { EvidenceChain } from '@hexhail/audit/evidence/evidence.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { AuditNews } from './audit-job.ts'
import type { AuditAnswer, AuditCall } from './audit-worker.ts'

/** An auditor in another thread. Calls reject with `HexhailError` 'audit' when it fails. */
export interface Auditor {
  run(trips: readonly TripBytes[], books: Books): Promise<AuditNews>
  /** Another audit, which no evidence is asked of: that stays of the last `run`. */
  over(trips: readonly TripBytes[], books: Books): Promise<AuditNews>
  evidence(finding: number): Promise<string | null>
}

/** Starts the worker when it is first asked. */
export function createAuditor(start: () => Worker, chain: EvidenceChain): Auditor {
  const waiting = new Map<number, PromiseWithResolvers<AuditAnswer>>()
  let worker: Worker | null = null
  let last = 0
  const failAll = (why: string) => {
    for (const wait of waiting.values()) wait.reject(new HexhailError('audit', why))
    waiting.clear()
  }
  const ask = async (call: (id: number) => AuditCall): Promise<AuditAnswer> => {
    if (!worker) {
      worker = start()
      worker.onmessage = ({ data }: MessageEvent<AuditAnswer>) => {
        waiting.get(data.id)?.resolve(data)
        waiting.delete(data.id)
      }
      worker.onerror = event => {
        worker = null
        failAll(event.message)
      }
    }
    const id = ++last
    const wait = Promise.withResolvers<AuditAnswer>()
    waiting.set(id, wait)
    worker.postMessage(call(id))
    const answer = await wait.promise
    if (answer.fault !== undefined) throw new HexhailError('audit', answer.fault)
    return answer
  }
  const audit = async (call: 'run' | 'over', trips: readonly TripBytes[], books: Books): Promise<AuditNews> =>
    (await ask(id => ({ call, id, chain, trips, books }))).news as AuditNews
  return {
    run: (trips, books) => audit('run', trips, books),
    over: (trips, books) => audit('over', trips, books),
    evidence: async finding => (await ask(id => ({ call: 'evidence', id, finding }))).evidence ?? null,
  }
}
