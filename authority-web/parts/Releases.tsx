import { PERIOD_BUDGET, type Spent } from '@hexhail/audit/cubes/epsilon-ledger.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import type { Column } from '@hexhail/ui/components/DataTable.tsx'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { useEffect, useState } from 'preact/hooks'
import type { LogModel } from '../log-model.ts'
import type { AuthorityModel } from '../model.ts'
import { isLogged, type Release } from '../prove-release.ts'
import { t } from '../text.ts'
import { Newest, proofOf } from './LogFigures.tsx'
import { ProveRows } from './ProveRows.tsx'
import { SavedTable } from './SavedTable.tsx'
import { UnlistedReleases } from './UnlistedReleases.tsx'

/** What proves releases. */
interface Backing {
  /** Null where there is no public log. */
  readonly log: LogModel | null
  /** Whose acts they are; undefined: its tariff is not read yet. */
  readonly authority: Hex | undefined
}

/** The ledger of epsilon: what was released, and what is left of each period. */
export function Releases({ model, ...backing }: { readonly model: AuthorityModel } & Backing) {
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
      {spent !== 'away' && spent !== null && (
        <>
          {backing.log !== null && backing.authority !== undefined && (
            <UnlistedReleases model={model} log={backing.log} authority={backing.authority} spent={spent} />
          )}
          <Ledger spent={spent} {...backing} />
        </>
      )}
    </section>
  )
}

const n = (value: number): string => formatNumber(value, locale.value, 3)

/** Each is worked out of the ledger, and again of those releases that the log has. */
const FIGURES = [
  {
    name: 'releaseCount',
    rule: 'proveReleases',
    testId: 'releases',
    of: (some: readonly Spent[]) => n(some.length),
  },
  {
    name: 'epsilonSpent',
    rule: 'proveEpsilon',
    testId: 'epsilon',
    of: (some: readonly Spent[]) => n(some.reduce((sum, each) => sum + each.epsilon, 0)),
  },
] as const

function Ledger({ spent, log, authority }: { readonly spent: readonly Spent[] } & Backing) {
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
    {
      key: 'leaf',
      title: t('releaseLeaf'),
      align: 'end',
      cell: ({ leaf }) => (leaf === undefined ? t('releaseUntold') : n(leaf)),
      plain: ({ leaf }) => leaf ?? null,
    },
  ]
  return (
    <>
      <Figures
        figures={FIGURES.map(({ name, rule, testId, of }) => ({
          label: t(name),
          value: (
            <>
              <span data-testid={testId}>{of(spent)}</span>
              {log !== null && authority !== undefined && (
                <ProveRows
                  name={t(name)}
                  rule={t(rule)}
                  rows={rows}
                  at="log"
                  prove={each => proofOf(() => isLogged(log, authority, each))}
                  sum={of}
                  facts={() => <Newest log={log} />}
                />
              )}
            </>
          ),
        }))}
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
  let total = 0
  return spent
    .map(each => {
      const rest = (left.get(each.period) ?? PERIOD_BUDGET) - each.epsilon
      left.set(each.period, rest)
      total += each.epsilon
      return { ...each, left: rest, total }
    })
    .reverse()
}
