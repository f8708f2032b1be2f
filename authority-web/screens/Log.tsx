import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { Button } from '@hexhail/ui/components/Button.tsx'
import { Chip } from '@hexhail/ui/components/Chip.tsx'
import { EmptyState } from '@hexhail/ui/components/EmptyState.tsx'
import { Moment } from '@hexhail/ui/components/Measure.tsx'
import { formatNumber } from '@hexhail/ui/format/measure.ts'
import { locale } from '@hexhail/ui/locale.ts'
import { saveText } from '@hexhail/ui/save-text.ts'
import type { LogModel, ShownAnchor, ShownCheckpoint } from '../log-model.ts'
import { type LoggedTrip, loggedTrips } from '../logged-trips.ts'
import type { AuthorityModel } from '../model.ts'
import { LogFigures } from '../parts/LogFigures.tsx'
import { shortHex } from '../parts/names.ts'
import { SavedTable } from '../parts/SavedTable.tsx'
import { hrefOf } from '../route.ts'
import { t } from '../text.ts'

/** Rows of each table at most. */
const MOST = 25

/** The public log: checkpoints and who cosigned them, anchors, and settled trips whose record is not in it. */
export function Log({ model, log }: { readonly model: AuthorityModel; readonly log: LogModel | null }) {
  if (!log) return <EmptyState icon="list" title={t('logNone')} />
  const trips = loggedTrips(model, log)
  const gaps = trips.filter(trip => trip.index === null)
  const count = (n: number): string => formatNumber(n, locale.value)
  return (
    <div class="stack">
      <h1>{t('logTitle')}</h1>
      <p class="muted">{t('logWhy', { name: log.name })}</p>
      {log.state.value === 'away' && (
        <Banner tone="warn" icon="wifi-off">
          {t('logAway')}
        </Banner>
      )}
      {log.state.value === 'wrong' && (
        <Banner tone="bad" icon="warning">
          {t('logWrong')}
        </Banner>
      )}
      <LogFigures model={model} log={log} trips={trips} />
      <Trips trips={[...gaps, ...trips.filter(trip => trip.index !== null)]} log={log} />
      <h2>{t('logCheckpoints')}</h2>
      <Checkpoints rows={log.checkpoints.value} />
      <h2>{t('logAnchors')}</h2>
      <SavedTable
        file="log-anchors"
        caption={t('logAnchors')}
        all={log.anchors.value}
        rows={log.anchors.value.slice(0, MOST)}
        rowKey={each => each.tx}
        empty={<p class="muted">{t('logNoAnchors')}</p>}
        columns={[
          {
            key: 'time',
            title: t('time'),
            cell: each => <Moment atMs={each.atS * 1_000} day />,
            plain: each => new Date(each.atS * 1_000).toISOString(),
          },
          {
            key: 'size',
            title: t('logLeaves'),
            align: 'end',
            cell: each => count(each.size),
            plain: each => each.size,
          },
          {
            key: 'chain',
            title: t('logChain'),
            cell: each => <AnchorChip state={each.state} />,
            plain: each => each.state,
          },
          {
            key: 'tx',
            title: t('logTx'),
            cell: each => <span class="num">{each.tx}</span>,
            plain: each => each.tx,
          },
        ]}
      />
    </div>
  )
}

function AnchorChip({ state }: { readonly state: ShownAnchor['state'] }) {
  if (state === 'onChain') return <Chip tone="good">{t('logOnChain')}</Chip>
  return state === 'other' ? <Chip tone="bad">{t('logNotOnChain')}</Chip> : <Chip>{t('logUnasked')}</Chip>
}

function Trips({ trips, log }: { readonly trips: readonly LoggedTrip[]; readonly log: LogModel }) {
  return (
    <SavedTable
      file="logged-trips"
      all={trips}
      caption={t('logTrips')}
      rows={trips.slice(0, MOST)}
      rowKey={trip => trip.terms}
      empty={<EmptyState icon="receipt" title={t('noSettlements')} />}
      columns={[
        {
          key: 'time',
          title: t('time'),
          cell: trip => <Moment atMs={trip.atMs} day />,
          plain: trip => new Date(trip.atMs).toISOString(),
        },
        {
          key: 'trip',
          title: t('logTrip'),
          plain: trip => trip.terms,
          cell: trip => <a href={hrefOf({ screen: 'trip', terms: trip.terms })}>{shortHex(trip.terms)}</a>,
        },
        { key: 'leaf', title: t('logLeaf'), cell: trip => <Leaf trip={trip} />, plain: trip => trip.index },
        { key: 'prove', title: t('logProof'), cell: trip => <Prove trip={trip} log={log} /> },
      ]}
    />
  )
}

function Leaf({ trip }: { readonly trip: LoggedTrip }) {
  if (trip.index !== null) return <span class="num">{formatNumber(trip.index, locale.value)}</span>
  return (
    <Chip tone={trip.isLate ? 'bad' : 'plain'} icon={trip.isLate ? 'warning' : 'clock'}>
      {trip.isFiled ? t('logNotIn') : t('logUnfiled')}
    </Chip>
  )
}

function Prove({ trip, log }: { readonly trip: LoggedTrip; readonly log: LogModel }) {
  const { sealed } = trip
  if (trip.index === null || sealed === null) return null
  const save = (): void => {
    const file = log.prove(trip.terms, sealed)
    if (file)
      saveText(`inclusion-${trip.terms.slice(2, 14)}.json`, 'application/json', JSON.stringify(file, null, 2))
  }
  return (
    <Button
      size="small"
      kind="quiet"
      icon="download"
      label={t('logProveOne', { trip: shortHex(trip.terms) })}
      onClick={save}
    >
      {t('logProve')}
    </Button>
  )
}

function Checkpoints({ rows }: { readonly rows: readonly ShownCheckpoint[] }) {
  return (
    <SavedTable
      file="checkpoints"
      more={[{ key: 'root', title: '', cell: () => null, plain: each => each.root }]}
      caption={t('logCheckpoints')}
      all={rows}
      rows={rows.slice(0, MOST)}
      rowKey={each => `${each.size} ${each.atMs}`}
      empty={<p class="muted">{t('logReading')}</p>}
      columns={[
        {
          key: 'time',
          title: t('time'),
          plain: each => (each.atMs === null ? null : new Date(each.atMs).toISOString()),
          cell: each => (each.atMs === null ? '' : <Moment atMs={each.atMs} day />),
        },
        {
          key: 'size',
          title: t('logLeaves'),
          align: 'end',
          plain: each => each.size,
          cell: each => formatNumber(each.size, locale.value),
        },
        {
          key: 'witnesses',
          title: t('logWitnesses'),
          plain: each => each.witnesses.map(({ name }) => name).join(' '),
          cell: each => each.witnesses.map(({ name }) => name).join(', ') || t('logNobody'),
        },
        {
          key: 'fits',
          title: t('logTree'),
          plain: each => (each.fits ? 'fits' : 'differs'),
          cell: each => (
            <Chip tone={each.fits ? 'good' : 'bad'} icon={each.fits ? 'check' : 'warning'}>
              {each.fits ? t('logFits') : t('logFitsNot')}
            </Chip>
          ),
        },
      ]}
    />
  )
}
