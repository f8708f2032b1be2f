import { PERIOD_BUDGET, type Spent } from '@hexhail/audit/cubes/epsilon-ledger.ts'
import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import type { Column } from '@hexhail/ui/components/DataTable.tsx'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useEffect, useState } from 'preact/hooks'
import type { AuthorityModel } from '../model.ts'
import { t } from '../text.ts'
import { SavedTable } from './SavedTable.tsx'

/** A release, and what it left of its period's privacy. */
type Release = Spent & { readonly left: number }

/** The ledger of epsilon: what was released, and what is left of each period. */
export function Releases({ model }: { readonly model: Pick<AuthorityModel, 'releases' | 'desk'> }) {
  const [spent, setSpent] = useState<readonly Spent[] | 'away' | null>(null)
  const link = model.desk.value
  useEffect(() => {
    let gone = false
    const put = (found: readonly Spent[] | 'away') => gone || setSpent(found)
    model.releases().then(put, () => put('away'))
    return () => {
      gone = true
    }
  }, [link])
  return (
    <section class="stack-tight" aria-labelledby="releases">
      <h2 id="releases">{t('releases')}</h2>
      <p class="muted small">{t('releasesWhy')}</p>
      {spent === 'away' && <p role="status">{t('releasesAway')}</p>}
      {spent !== 'away' && spent !== null && <Ledger spent={spent} />}
    </section>
  )
}

function Ledger({ spent }: { readonly spent: readonly Spent[] }) {
  const n = (value: number): string => formatNumber(value, locale.value, 3)
  const rows = withLeft(spent)
  const columns: readonly Column<Release>[] = [
    {
      key: 'cube',
      title: t('releaseWhat'),
      cell: each => t(`cube_${each.name}`),
      plain: each => each.name,
    },
    { key: 'period', title: t('releasePeriod'), cell: each => each.period, plain: each => each.period },
    {
      key: 'epsilon',
      title: t('releaseEpsilon'),
      align: 'end',
      cell: each => n(each.epsilon),
      plain: each => each.epsilon,
    },
    {
      key: 'left',
      title: t('releaseLeft'),
      align: 'end',
      cell: each => n(each.left),
      plain: each => each.left,
    },
    {
      key: 'sha256',
      title: t('releaseFile'),
      cell: each => <CopyText text={each.sha256} />,
      plain: each => each.sha256,
    },
  ]
  return (
    <>
      <Figures
        figures={[
          {
            label: t('releaseCount'),
            value: <span data-testid="releases">{n(spent.length)}</span>,
          },
          { label: t('epsilonSpent'), value: n(spent.reduce((sum, each) => sum + each.epsilon, 0)) },
        ]}
      />
      <SavedTable
        file="releases"
        caption={t('releases')}
        columns={columns}
        rows={rows}
        rowKey={each => `${each.name} ${each.period}`}
        empty={<p class="muted">{t('releasesNone')}</p>}
      />
    </>
  )
}

/** The newest first. */
function withLeft(spent: readonly Spent[]): Release[] {
  const left = new Map<string, number>()
  return spent
    .map(each => {
      const rest = (left.get(each.period) ?? PERIOD_BUDGET) - each.epsilon
      left.set(each.period, rest)
      return { ...each, left: rest }
    })
    .reverse()
}
