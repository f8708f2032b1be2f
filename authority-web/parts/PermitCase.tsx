import { fromBase64url } from '@hexhail/permits/base64url.ts'
import { REASONS, type Reason } from '@hexhail/permits/register.ts'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { CarLine } from '@hexhail/ui/components/CarLine.tsx'
import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import { Portrait } from '@hexhail/ui/components/Portrait.tsx'
import { Select } from '@hexhail/ui/components/Select.tsx'
import { TextField } from '@hexhail/ui/components/TextField.tsx'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { PermitBook, PermitRow } from '../permit-book.ts'
import { t } from '../text.ts'

const YEAR_MS = 365 * 86_400_000

/** One application: what it says, and what the officer can do about it. */
export function PermitCase(props: {
  readonly book: PermitBook
  readonly row: PermitRow
  readonly nowMs: number
  readonly onClose: () => void
}) {
  const { book, row, nowMs, onClose } = props
  const { entry, opened: application } = row
  const [reason, setReason] = useState<Reason>('papers')
  const [until, setUntil] = useState(() => new Date(nowMs + YEAR_MS).toISOString().slice(0, 10))
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const face = useMemo(() => fromBase64url(application?.photo ?? '') ?? new Uint8Array(), [application])
  const busy = book.busy.value === entry.id
  const untilS = Date.parse(`${until}T23:59:59Z`) / 1_000
  const stands = entry.state === 'granted' || entry.state === 'issued'
  const act = (deed: 'refuse' | 'suspend' | 'revoke') => (
    <Button
      kind="danger"
      testId={`permit-${deed}`}
      busy={busy}
      onClick={() => void book.stop(row, deed, reason)}
    >
      {t(`permits_do_${deed}`)}
    </Button>
  )
  return (
    <Card label={t('permitsCase')}>
      <h2 ref={title} tabIndex={-1}>
        {application?.name ?? t('permitsSealed')}
      </h2>
      {application && (
        <>
          <CarLine
            name={application.name}
            car={`${application.car.make} ${application.car.model}, ${application.car.colour}`}
            plate={application.car.plate}
            face={face.length > 0 ? <Portrait bytes={face} alt={t('permitsPhoto')} /> : undefined}
          />
          <dl class="facts">
            <Fact name={t('permitsLicence')} value={application.licence} />
            <Fact name={t('permitsSeats')} value={String(application.car.seats)} />
            <Fact
              name={t('permitsWheelchair')}
              value={t(application.car.wheelchair ? 'permitsYes' : 'permitsNo')}
            />
            <Fact name={t('permitsPropulsion')} value={t(`permits_on_${application.car.propulsion}`)} />
            <Fact name={t('permitsInspection')} value={application.car.inspection} />
            <Fact name={t('permitsInsurance')} value={application.car.insurance} />
          </dl>
        </>
      )}
      <p class="row-spread small">
        <span class="muted">{t('permitsAccount')}</span>
        <CopyText text={entry.account} />
      </p>
      <p role="status" data-testid="permit-state">
        {t(`permits_${entry.state}`)}
        {entry.reason && ` · ${t(`permits_why_${entry.reason}`)}`}
      </p>
      {(entry.state === 'waiting' || stands || entry.state === 'suspended') && (
        <Select
          label={t('permitsReason')}
          value={reason}
          options={REASONS.map(value => ({ value, label: t(`permits_why_${value}`) }))}
          onValue={setReason}
        />
      )}
      {entry.state === 'waiting' && (
        <TextField label={t('permitsUntil')} type="date" value={until} onValue={setUntil} />
      )}
      <div class="cluster">
        {entry.state === 'waiting' && application && (
          <Button
            kind="primary"
            testId="permit-issue"
            busy={busy}
            disabled={!(untilS * 1_000 > nowMs)}
            onClick={() => void book.issue(row, untilS)}
          >
            {t('permits_do_issue')}
          </Button>
        )}
        {entry.state === 'waiting' && act('refuse')}
        {stands && act('suspend')}
        {entry.state === 'suspended' && (
          <Button
            kind="primary"
            testId="permit-reinstate"
            busy={busy}
            onClick={() => void book.reinstate(row)}
          >
            {t('permits_do_reinstate')}
          </Button>
        )}
        {(stands || entry.state === 'suspended') && act('revoke')}
        <Button onClick={onClose}>{t('permitsClose')}</Button>
      </div>
    </Card>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
