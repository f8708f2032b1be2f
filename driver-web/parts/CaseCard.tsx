import { Button } from '@hexhail/ui/components/Button.tsx'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { formatMoment } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { LedgerTrip } from '../ledger.ts'
import type { DriverModel } from '../model.ts'
import { money } from '../money.ts'
import { t } from '../text.ts'

/** One open case: what stands in it, until when, and the button that closes it once it may be closed. */
export function CaseCard({ model, open }: { readonly model: DriverModel; readonly open: LedgerTrip }) {
  const until = formatMoment(open.deadlineS * 1000, locale.value)
  const amount = money(open.pending)
  // A driver may take the cancel fee at once; everything else waits for its deadline.
  const due = open.state === 'cancelled' || model.clock.value / 1000 > open.deadlineS
  const words =
    open.state === 'cancelled'
      ? t('caseCancelled', { amount })
      : open.state === 'contested'
        ? t('caseContested', { admitted: money(open.earned), amount, until })
        : t('caseClaimed', { amount, until })
  return (
    <Card label={t('casesTitle')} tone="flat">
      <p class="big">{amount}</p>
      <p>{words}</p>
      {due ? (
        <Button
          kind="primary"
          wide
          testId="finalize"
          busy={model.deeds.busy.value === `finalize ${open.terms}`}
          onClick={() => void model.finalize(open.terms)}
        >
          {t('finalize')}
        </Button>
      ) : (
        <p class="muted small">{t('finalizeFrom', { until })}</p>
      )}
    </Card>
  )
}
