import { type Tariff, tariffNumber } from '@hexhail/protocol/tariff.ts'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { formatBasisPoints, formatDuration } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { ComponentChildren } from 'preact'
import { exactKm, factorText, tariffMoney } from '../parts/fare-text.ts'
import { TariffDocumentCard } from '../parts/TariffDocumentCard.tsx'
import { TariffExample } from '../parts/TariffExample.tsx'
import type { TariffDesk } from '../tariff-desk.ts'
import { t } from '../text.ts'

/** The published tariff in words, and a fare to try it with. */
export function TariffSheet({
  id,
  tariff,
  desk,
}: {
  readonly id: number
  readonly tariff: Tariff | undefined
  readonly desk: TariffDesk
}) {
  if (!tariff) {
    return (
      <EmptyState icon="money" title={t('noTariff')}>
        {t('noTariffText')}
      </EmptyState>
    )
  }
  const lasts = (seconds: number): string => formatDuration(seconds, locale.value)
  const share = (bp: number): string => formatBasisPoints(bp, locale.value)
  return (
    <div class="stack">
      <h1>{t('tariffTitle', { n: tariffNumber(id) })}</h1>
      <p class="muted">{t('tariffWhy')}</p>
      <div class="split">
        <div class="stack">
          <Card label={t('fareRules')}>
            <h2>{t('fareRules')}</h2>
            <Rules
              rules={[
                [t('base'), tariffMoney(tariff.base)],
                [t('eachKm'), tariffMoney(tariff.perKm)],
                [t('eachMin'), tariffMoney(tariff.perMin)],
                [t('minimum'), tariffMoney(tariff.minimum)],
                [
                  t('night', { from: clock(tariff.nightFromMin), to: clock(tariff.nightToMin) }),
                  factorText(tariff.nightBp),
                ],
                [
                  t('bounds'),
                  t('boundsText', { min: factorText(tariff.minBp), max: factorText(tariff.maxBp) }),
                ],
                [
                  t('waiting'),
                  t('waitingText', { free: lasts(tariff.freeWaitS), money: tariffMoney(tariff.waitPerMin) }),
                ],
                [t('levyRule'), levyText(tariff)],
                ...extraRules(tariff),
                [t('publishedBy'), <CopyText key="by" text={tariff.authority} />],
              ]}
            />
          </Card>
          <Card label={t('cancelRules')}>
            <h2>{t('cancelRules')}</h2>
            <Rules
              rules={[
                [
                  t('cancelFree'),
                  t('cancelFreeText', { time: lasts(tariff.cancelGraceS), late: lasts(tariff.lateS) }),
                ],
                [
                  t('cancelFee'),
                  t('cancelFeeText', {
                    km: tariffMoney(tariff.cancelPerKm),
                    min: tariffMoney(tariff.cancelPerMin),
                    share: share(tariff.cancelBp),
                    max: tariffMoney(tariff.cancelMax),
                    least: tariffMoney(tariff.cancelMin),
                  }),
                ],
                [
                  t('noShow'),
                  t('noShowText', { money: tariffMoney(tariff.noShowFee), time: lasts(tariff.noShowWaitS) }),
                ],
              ]}
            />
          </Card>
        </div>
        <div class="stack">
          <TariffExample tariff={tariff} />
          <TariffDocumentCard desk={desk} tariff={tariff} />
        </div>
      </div>
    </div>
  )
}

/** What only some tariffs have. */
function extraRules({
  sectionM,
  perKmBeyond,
  tollMax,
  roundTo,
  needsPermit,
}: Tariff): (readonly [string, string])[] {
  return [
    ...(sectionM > 0 ? [[t('beyond', { km: exactKm(sectionM) }), tariffMoney(perKmBeyond)] as const] : []),
    ...(tollMax > 0 ? [[t('tollMost'), tariffMoney(tollMax)] as const] : []),
    ...(needsPermit ? [[t('drivenBy'), t('drivenByPermit')] as const] : []),
    ...(roundTo > 1 ? [[t('roundedTo'), tariffMoney(roundTo)] as const] : []),
  ]
}

function levyText({ levyBps, levyFlat }: Tariff): string {
  const share = formatBasisPoints(levyBps, locale.value)
  return levyFlat === 0 ? share : t('levyBoth', { share, flat: tariffMoney(levyFlat) })
}

function Rules({ rules }: { readonly rules: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="rules">
      {rules.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A minute of the day in the reader's notation; the tariff's own clock, so no time zone is applied. */
function clock(minute: number): string {
  const moment = new Date(Date.UTC(2000, 0, 1, 0, minute))
  return new Intl.DateTimeFormat(locale.value, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(moment)
}
