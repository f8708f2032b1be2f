import type { CubeName } from '@hexhail/audit/cubes/cubes.ts'
import { EPSILON, PERIOD_BUDGET } from '@hexhail/audit/cubes/epsilon-ledger.ts'
import { K } from '@hexhail/audit/cubes/make-cube.ts'
import type { AuditRow } from '@hexhail/audit/settled.ts'
import { Card } from '@hexhail/ui/components/Card.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { Segmented } from '@hexhail/ui/components/Segmented.tsx'
import { Select } from '@hexhail/ui/components/Select.tsx'
import { formatBasisPoints, formatNumber } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useMemo, useState } from 'preact/hooks'
import { type CubePreview, periodsOf, previewCells, previewCube, rowsOf } from '../cube-preview.ts'
import type { LogModel } from '../log-model.ts'
import type { AuthorityModel } from '../model.ts'
import { CubeTable } from '../parts/CubeTable.tsx'
import { ProveFigure } from '../parts/ProveFigure.tsx'
import { Releases } from '../parts/Releases.tsx'
import { type CityMap, TripMap } from '../parts/TripMap.tsx'
import { type AuthorityText, t } from '../text.ts'

const NAMES: readonly CubeName[] = ['flows', 'hours', 'fares']

/** The open figures before they are open: what a release would tell, and what it keeps back. */
export function Publish({
  model,
  log,
  tariffId,
  city,
}: {
  readonly model: AuthorityModel
  readonly log: LogModel | null
  readonly tariffId: number
  readonly city: CityMap
}) {
  const [name, setName] = useState<CubeName>('flows')
  const [asked, setAsked] = useState<string | null>(null)
  const rows = model.rows.value
  const offsetMin = model.offsetMin()
  const periods = useMemo(() => periodsOf(rows, name, offsetMin), [rows, name])
  const period = periods.find(each => each === asked) ?? periods[0]
  return (
    <div class="stack">
      <h1>{t('publishTitle')}</h1>
      <p class="muted">{t('publishWhy')}</p>
      <Segmented
        label={t('publishWhat')}
        value={name}
        options={NAMES.map(value => ({ value, label: t(`cube_${value}`) }))}
        onValue={setName}
      />
      {period !== undefined ? (
        <>
          <Select
            label={t(name === 'fares' ? 'publishWeek' : 'publishMonth')}
            value={period}
            options={periods.map(value => ({ value, label: value }))}
            onValue={setAsked}
          />
          <Preview model={model} name={name} period={period} city={city} />
        </>
      ) : (
        <EmptyState icon="lock" title={t('noCells')}>
          {t('noCellsText')}
        </EmptyState>
      )}
      <Releases model={model} log={log} authority={model.tariffs.value.get(tariffId)?.authority} />
      <Card label={t('publishGuard')}>
        <h2>{t('publishGuard')}</h2>
        <ul>
          <li>{t('guardGroup', { k: K })}</li>
          <li>{t('guardCoarser')}</li>
          <li>{t('guardBound')}</li>
          <li>{t('guardNoise', { epsilon: EPSILON, budget: PERIOD_BUDGET })}</li>
        </ul>
      </Card>
    </div>
  )
}

const count = (n: number): string => formatNumber(n, locale.value)
const share = (part: number): string => formatBasisPoints(Math.round(part * 10_000), locale.value)

const FIGURES: readonly {
  readonly name: AuthorityText
  readonly rule: AuthorityText
  readonly testId?: string
  readonly of: (preview: CubePreview) => string
}[] = [
  { name: 'publishTrips', rule: 'provePublishTrips', testId: 'publish-trips', of: each => count(each.trips) },
  { name: 'publishRows', rule: 'provePublishRows', of: each => count(each.rows.length) },
  { name: 'publishCoarser', rule: 'provePublishCoarser', of: each => share(each.coarser) },
  { name: 'publishKept', rule: 'provePublishKept', of: each => share(each.suppressed) },
]

function Preview({
  model,
  name,
  period,
  city,
}: {
  readonly model: AuthorityModel
  readonly name: CubeName
  readonly period: string
  readonly city: CityMap
}) {
  const offsetMin = model.offsetMin()
  const all = model.rows.value
  const rows = useMemo(() => rowsOf(all, name, period, offsetMin), [all, name, period])
  const previewOf = (some: readonly AuditRow[]) => previewCube(some, name, offsetMin)
  const preview = useMemo(() => previewOf(rows), [rows])
  const cells = useMemo(() => previewCells(preview), [preview])
  return (
    <>
      <Figures
        figures={FIGURES.map(figure => ({
          label: t(figure.name),
          value: (
            <>
              <span data-testid={figure.testId}>{figure.of(preview)}</span>
              <ProveFigure
                name={t(figure.name)}
                rule={t(figure.rule)}
                rows={rows}
                sum={standing => figure.of(previewOf(standing))}
                model={model}
              />
            </>
          ),
        }))}
      />
      {preview.beyondBound > 0 && <p class="muted small">{t('publishBeyond', { n: preview.beyondBound })}</p>}
      {preview.rows.length === 0 ? (
        <EmptyState icon="lock" title={t('publishFew', { k: K })} />
      ) : (
        <div class="split">
          <TripMap cells={cells} city={city} />
          <CubeTable preview={preview} period={period} />
        </div>
      )}
      <Card label={t('publishHow')}>
        <h2>{t('publishHow')}</h2>
        <p>{t('publishHowText')}</p>
        <p>
          <code>{`hexhail audit export cube --cube ${preview.name} --period ${period}`}</code>
        </p>
      </Card>
    </>
  )
}
