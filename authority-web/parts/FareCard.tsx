import type { FareAudit } from '@hexhail/audit/checks/fare-audit.ts'
import { type AuditRow, paidOf } from '@hexhail/audit/settled.ts'
import { type Tariff, tariffNumber } from '@hexhail/protocol/tariff.ts'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { FareTable } from '@hexhail/ui/components/FareTable.tsx'
import { Icon } from '@hexhail/ui/components/Icon.tsx'
import { Money } from '@hexhail/ui/components/Money.tsx'
import { type AuthorityText, t } from '../text.ts'
import { CheckList } from './CheckList.tsx'
import { factsOf, lineTexts } from './fare-text.ts'

const BASIS: Readonly<Record<FareAudit['recomputed']['basis'], AuthorityText>> = {
  quote: 'basisQuote',
  metered: 'basisMetered',
  vested: 'basisVested',
  cancel: 'basisCancel',
  less: 'basisLess',
}

/** The fare of a settlement: recomputed line by line beside what was settled, or what the chain alone says. */
export function FareCard({ row, tariff }: { readonly row: AuditRow; readonly tariff: Tariff | undefined }) {
  const { fact, record, audit } = row
  if (!record || !audit || !tariff) return <ChainFare row={row} />
  const passed = audit.answers.length - audit.findings.length
  return (
    <Card label={t('recomputed')}>
      <div class="row-spread">
        <h2>{t('recomputed')}</h2>
        <a href="#/tariff">{t('byTariff', { n: tariffNumber(fact.tariff) })}</a>
      </div>
      <p class="muted small">{t(BASIS[audit.recomputed.basis])}</p>
      <FareTable
        lines={lineTexts(tariff, audit.lines, factsOf(audit, record))}
        total={audit.due}
        totalLabel={t('totalDue')}
        caption={<span class="visually-hidden">{t('recomputed')}</span>}
        exact
      />
      <dl class="against">
        <dt>{t('settledAs')}</dt>
        <dd>
          <Money amount={audit.paid} exact />
        </dd>
        <dt>{t('difference')}</dt>
        <dd data-off={audit.paid === audit.due ? undefined : ''}>
          {audit.paid > audit.due && '+'}
          <Money amount={audit.paid - audit.due} exact />
        </dd>
        <dt>{t('levy')}</dt>
        <dd>
          <Money amount={fact.levy} exact />
        </dd>
      </dl>
      {audit.findings.length > 0 && (
        <>
          <h3>{t('wrongParts')}</h3>
          <CheckList answers={audit.findings} />
        </>
      )}
      <details class="more">
        <summary>
          {t('checks', { n: audit.answers.length, ok: passed })}
          <span class="more-mark">
            <Icon name="chevron-down" size={20} />
          </span>
        </summary>
        <CheckList answers={audit.answers} />
      </details>
    </Card>
  )
}

function ChainFare({ row: { fact } }: { readonly row: AuditRow }) {
  const lines = [
    { label: t('lineWait'), amount: fact.wait },
    { label: t('lineToll'), amount: fact.toll },
    { label: t('lineTip'), amount: fact.tip },
  ].filter(line => line.amount !== 0n)
  return (
    <Card label={t('onChain')}>
      <h2>{t('onChain')}</h2>
      <FareTable
        lines={[{ label: t('fare'), amount: fact.fare }, ...lines]}
        total={paidOf(fact)}
        totalLabel={t('paid')}
        caption={<span class="visually-hidden">{t('onlyChain')}</span>}
        exact
      />
      <dl class="against">
        <dt>{t('levy')}</dt>
        <dd>
          <Money amount={fact.levy} exact />
        </dd>
      </dl>
    </Card>
  )
}
