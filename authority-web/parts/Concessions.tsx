import { fromBase64url } from '@hexhail/permits/base64url.ts'
import { REASONS, type Reason } from '@hexhail/permits/register.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import { Moment } from '@hexhail/ui/components/Measure.tsx'
import { Portrait } from '@hexhail/ui/components/Portrait.tsx'
import { Select } from '@hexhail/ui/components/Select.tsx'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ConcessionBook, ConcessionRow } from '../concession-book.ts'
import { t } from '../text.ts'
import { SavedTable } from './SavedTable.tsx'

const TONES = { waiting: 'accent', granted: 'good', refused: 'bad', revoked: 'bad' } as const
const YEAR_S = 365 * 86_400
/** The office is asked again this often, ms. */
const LOOK_MS = 5_000

/** Claims for reduced fares, and what an officer can do about them. */
export function Concessions({
  book,
  nowMs,
}: {
  readonly book: ConcessionBook
  readonly nowMs: () => number
}) {
  const [at, setAt] = useState<string | null>(null)
  useEffect(() => {
    void book.refresh()
    const timer = setInterval(() => void book.refresh(), LOOK_MS)
    return () => clearInterval(timer)
  }, [book])
  const rows = book.rows.value ?? []
  const row = rows.find(each => each.entry.id === at)
  return (
    <section class="stack" aria-label={t('claimsTitle')}>
      <h2>{t('claimsTitle')}</h2>
      <p class="muted">{t('claimsWhy')}</p>
      {book.problem.value && book.problem.value !== 'OFFICE_DOWN' && (
        <Banner tone="bad" icon="warning">
          {t('permitsNot')}
        </Banner>
      )}
      {row && <Claim key={row.entry.id} book={book} row={row} nowMs={nowMs} onClose={() => setAt(null)} />}
      <SavedTable
        file="reduced-fares"
        caption={t('claimsTitle')}
        rows={rows}
        rowKey={each => each.entry.id}
        empty={<p class="muted">{t(book.rows.value === null ? 'permitsAsk' : 'claimsNone')}</p>}
        columns={[
          {
            key: 'who',
            title: t('claimsWho'),
            plain: ({ entry, opened: claim }) => claim?.name ?? entry.id,
            cell: ({ entry, opened: claim }) => (
              <button
                type="button"
                class="table-action"
                data-testid="claim-row"
                onClick={() => setAt(entry.id)}
              >
                {claim?.name ?? t('permitsSealed')}
              </button>
            ),
          },
          {
            key: 'class',
            title: t('claimsClass'),
            plain: classOf,
            cell: each => {
              const category = classOf(each)
              return category === null ? '' : t(`claims_${category}`)
            },
          },
          {
            key: 'state',
            title: t('permitsState'),
            plain: ({ entry }) => entry.state,
            cell: ({ entry }) => <Chip tone={TONES[entry.state]}>{t(`permits_${entry.state}`)}</Chip>,
          },
          {
            key: 'issued',
            title: t('claimsIssued'),
            align: 'end',
            plain: ({ entry }) => entry.issued?.indexes.length ?? 0,
            cell: ({ entry }) => entry.issued?.indexes.length ?? 0,
          },
          {
            key: 'applied',
            title: t('permitsApplied'),
            plain: ({ entry }) => new Date(entry.appliedAtMs).toISOString(),
            cell: ({ entry }) => <Moment atMs={entry.appliedAtMs} day />,
          },
        ]}
      />
    </section>
  )
}

const classOf = ({ entry, opened: claim }: ConcessionRow) => entry.category ?? claim?.category ?? null

function Claim(props: {
  readonly book: ConcessionBook
  readonly row: ConcessionRow
  readonly nowMs: () => number
  readonly onClose: () => void
}) {
  const { book, row, nowMs, onClose } = props
  const { entry, opened: claim } = row
  const [reason, setReason] = useState<Reason>('papers')
  const picture = useMemo(() => fromBase64url(claim?.picture ?? '') ?? new Uint8Array(), [claim])
  const busy = book.busy.value === entry.id
  const stop = (deed: 'refuse' | 'revoke') => (
    <Button
      kind="danger"
      testId={`claim-${deed}`}
      busy={busy}
      onClick={() => void book.stop(row, deed, reason)}
    >
      {t(`permits_do_${deed}`)}
    </Button>
  )
  return (
    <Card label={t('claimsCase')}>
      <h3>{claim?.name ?? t('permitsSealed')}</h3>
      {claim && (
        <>
          <p>{t(`claims_${claim.category}`)}</p>
          <p>{claim.evidence}</p>
          {picture.length > 0 && <Portrait bytes={picture} alt={t('claimsPicture')} isWhole />}
        </>
      )}
      <p role="status" data-testid="claim-state">
        {t(`permits_${entry.state}`)}
        {entry.reason && ` · ${t(`permits_why_${entry.reason}`)}`}
      </p>
      {(entry.state === 'waiting' || entry.state === 'granted') && (
        <Select
          label={t('permitsReason')}
          value={reason}
          options={REASONS.map(value => ({ value, label: t(`permits_why_${value}`) }))}
          onValue={setReason}
        />
      )}
      <div class="cluster">
        {entry.state === 'waiting' && claim && (
          <Button
            kind="primary"
            testId="claim-grant"
            busy={busy}
            onClick={() => void book.grant(row, Math.floor(nowMs() / 1_000) + YEAR_S)}
          >
            {t('claimsGrant')}
          </Button>
        )}
        {entry.state === 'waiting' && stop('refuse')}
        {entry.state === 'granted' && stop('revoke')}
        <Button onClick={onClose}>{t('permitsClose')}</Button>
      </div>
    </Card>
  )
}
