import type { AuditRow } from '@hexhail/audit/settled.ts'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import { Moment } from '@hexhail/ui/components/Measure.tsx'
import { formatClock } from '@hexhail/ui/format/measure.ts'
import { type ComponentChildren, Fragment } from 'preact'
import { t } from '../text.ts'
import { exactKm, factorText } from './fare-text.ts'
import { cellName } from './names.ts'

/** Who, when, how far and where: as the signed record says, and no finer. */
export function TripFacts({ row: { fact, record } }: { readonly row: AuditRow }) {
  const way = (metres: number, secs: number): string => `${exactKm(metres)} · ${formatClock(secs)}`
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    [t('driver'), <CopyText key="d" text={fact.driver} />],
    [t('rider'), <CopyText key="r" text={fact.rider} />],
    ...(record
      ? ([
          [
            t('started'),
            record.startedAtMs ? <Moment key="s" atMs={record.startedAtMs} day /> : t('neverStarted'),
          ],
          [t('quoted'), way(record.quoteMetres, record.quoteSecs)],
          [t('driven'), way(record.metres, record.secs)],
          [t('factor'), factorText(record.bp)],
          [t('from'), <CopyText key="f" text={record.pickupCell} shown={cellName(record.pickupCell)} />],
          [t('to'), <CopyText key="t" text={record.destCell} shown={cellName(record.destCell)} />],
        ] as const)
      : []),
  ]
  return (
    <Card label={t('facts')}>
      <h2>{t('facts')}</h2>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd class="num">{value}</dd>
          </Fragment>
        ))}
      </dl>
    </Card>
  )
}
