import type { Spent } from '@hexhail/audit/cubes/epsilon-ledger.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Banner } from '@hexhail/ui/components/Banner.tsx'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { LogModel } from '../log-model.ts'
import { loggedTrips } from '../logged-trips.ts'
import type { AuthorityModel } from '../model.ts'
import { t } from '../text.ts'
import { createToldReleases, type ToldReleases } from '../told-releases.ts'

/** Says so where the log tells of a release that the ledger does not list, or keeps back entries that may be one. */
export function UnlistedReleases({
  model,
  log,
  authority,
  spent,
}: {
  readonly model: Pick<AuthorityModel, 'rows' | 'sealedOf' | 'nowMs'>
  readonly log: LogModel
  readonly authority: Hex
  readonly spent: readonly Spent[]
}) {
  const [told, setTold] = useState<ToldReleases | null>(null)
  const read = useMemo(() => createToldReleases(log, authority), [log, authority])
  const size = log.size.value
  useEffect(() => {
    let gone = false
    const records = new Set(loggedTrips(model, log).map(trip => trip.index))
    // Away is said of the ledger's proofs; it is read again when the log grows.
    read(index => records.has(index)).then(
      found => gone || setTold(found),
      () => gone || setTold(null),
    )
    return () => {
      gone = true
    }
  }, [read, size, spent])
  if (told === null) return null
  const listed = new Set(spent.map(({ leaf }) => leaf))
  const hidden = told.releases.filter(({ index }) => !listed.has(index))
  return (
    <>
      {hidden.length > 0 && (
        <Banner tone="bad" icon="warning">
          {t('releasesHidden', { n: hidden.length, files: hidden.map(({ file }) => file).join(', ') })}
        </Banner>
      )}
      {told.withheld > 0 && (
        <Banner tone="bad" icon="warning">
          {t('releasesWithheld', { n: told.withheld })}
        </Banner>
      )}
    </>
  )
}
