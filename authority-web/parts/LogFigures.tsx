import { verifyLogFile } from '@hexhail/audit/log/evidence.ts'
import { CopyText } from '@hexhail/ui/components/CopyText.tsx'
import { Figures } from '@hexhail/ui/components/Figures.tsx'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import type { LogModel } from '../log-model.ts'
import type { LoggedTrip } from '../logged-trips.ts'
import type { AuthorityModel, Proof } from '../model.ts'
import { t } from '../text.ts'
import { ProveFigure } from './ProveFigure.tsx'
import { ProveRows } from './ProveRows.tsx'

const count = (n: number): string => formatNumber(n, locale.value)

/** The figures of the log, each proven: by its signed trees, by inclusion in the newest of them, or by the chain. */
export function LogFigures({
  model,
  log,
  trips,
}: {
  readonly model: AuthorityModel
  readonly log: LogModel
  readonly trips: readonly LoggedTrip[]
}) {
  const inIt = trips.filter(trip => trip.index !== null)
  const gaps = trips.filter(trip => trip.index === null)
  const facts = () => <Newest log={log} />
  return (
    <Figures
      figures={[
        {
          label: t('logLeaves'),
          value: (
            <>
              <span data-testid="log-size">{count(log.size.value)}</span>
              <ProveRows
                name={t('logLeaves')}
                rule={t('proveLeaves')}
                rows={log.checkpoints.value}
                at="log"
                prove={each => proofOf(() => log.stands(each.note))}
                sum={rows => count(rows.reduce((most, each) => Math.max(most, each.size), 0))}
                facts={facts}
              />
            </>
          ),
        },
        {
          label: t('logIn'),
          value: (
            <>
              <span data-testid="log-in">{count(inIt.length)}</span>
              <ProveRows
                name={t('logIn')}
                rule={t('proveIn')}
                rows={inIt}
                at="log"
                prove={trip => proofOf(() => isIncluded(log, trip))}
                sum={rows => count(rows.length)}
                facts={facts}
                command="hexhail log verify inclusion-….json"
              />
            </>
          ),
        },
        {
          label: t('logGaps'),
          value: (
            <>
              <span data-testid="log-gaps">{count(gaps.length)}</span>
              <ProveFigure
                name={t('logGaps')}
                rule={t('proveGaps', { n: log.size.value })}
                rows={gaps}
                sum={rows => count(rows.length)}
                model={model}
              />
            </>
          ),
        },
      ]}
    />
  )
}

async function isIncluded(log: LogModel, { terms, sealed }: LoggedTrip): Promise<boolean> {
  const file = sealed && log.prove(terms, sealed)
  return file !== null && (await verifyLogFile(file)).verdict === 'accept'
}

/** What a check of the log says, or that nobody answers. */
export const proofOf = (ask: () => Promise<boolean>): Promise<Proof> =>
  ask().then(
    stands => (stands ? 'proved' : 'gone'),
    () => 'away',
  )

/** What inclusion is proven against: the newest checkpoint, who cosigned it, and the newest that the chain has. */
export function Newest({ log }: { readonly log: LogModel }) {
  const newest = log.checkpoints.value[0]
  const anchor = log.anchors.value.find(each => each.state === 'onChain')
  return (
    <>
      {newest && (
        <>
          <dt>{t('logCheckpoint')}</dt>
          <dd class="num">{count(newest.size)}</dd>
          <dt>{t('logRoot')}</dt>
          <dd>
            <CopyText text={newest.root} />
          </dd>
          <dt>{t('logWitnesses')}</dt>
          <dd>{newest.witnesses.map(({ name }) => name).join(', ') || t('logNobody')}</dd>
        </>
      )}
      <dt>{t('logAnchored')}</dt>
      {anchor ? (
        <dd>
          <span class="num">{t('logAnchoredTree', { n: anchor.size })}</span> <CopyText text={anchor.tx} />
        </dd>
      ) : (
        <dd>{t('logNoAnchors')}</dd>
      )}
    </>
  )
}
