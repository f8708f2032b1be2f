import type { Books } from '@hexhail/audit/checks/books.ts'
import type { TripBytes } from '@hexhail/audit/checks/read-trip.ts'
import type { EvidenceChain } from '@hexhail/audit/evidence/evidence.ts'
import { type AuditJob, type AuditNews, createAuditJob } from './audit-job.ts'

/** What the page asks of the worker. */
export type AuditCall =
  | {
      /** `over`: its evidence is not kept. */
      readonly call: 'run' | 'over'
      readonly id: number
      readonly chain: EvidenceChain
      readonly trips: readonly TripBytes[]
      readonly books: Books
    }
  | { readonly call: 'evidence'; readonly id: number; readonly finding: number }

/** What the worker answers. */
export interface AuditAnswer {
  readonly id: number
  readonly news?: AuditNews
  readonly evidence?: string | null
  readonly fault?: string
}

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<AuditCall>) => void) | null
  postMessage(answer: AuditAnswer): void
}
let job: AuditJob | null = null

scope.onmessage = ({ data }) => {
  const { id } = data
  try {
    if (data.call === 'evidence') scope.postMessage({ id, evidence: job?.evidence(data.finding) ?? null })
    else {
      const next = createAuditJob(data.chain)
      scope.postMessage({ id, news: next.run(data.trips, data.books) })
      if (data.call === 'run') job = next
    }
  } catch (error) {
    scope.postMessage({ id, fault: String(error) })
  }
}
