import type { FeedAgency, FeedRoute } from './feed.ts'
import { choice, colour, id, needed, text, timezone } from './field.ts'
import { type FeedSource, readRows } from './read-rows.ts'

const AGENCY = {
  agencyId: text,
  agencyName: id,
  agencyUrl: text,
  agencyTimezone: needed(timezone),
  agencyPhone: text,
}

const ROUTE = {
  routeId: id,
  agencyId: text,
  routeShortName: text,
  routeLongName: text,
  routeType: needed(choice(1702)),
  routeColor: colour,
  networkId: text,
}

/** Agencies, and the time zone that they share. */
export function readAgencies(source: FeedSource): { agencies: FeedAgency[]; timezone: string } {
  const rows = readRows(source, 'agency.txt', AGENCY, { isNeeded: true, key: ['agencyId'] })
  const zone = rows[0]?.agencyTimezone ?? 'UTC'
  for (const row of rows)
    if (row.agencyTimezone !== zone)
      source.complaints.add('error', 'VALUE_BAD', {
        file: 'agency.txt',
        row: row.row,
        column: 'agency_timezone',
        value: `${row.agencyTimezone}, and ${zone} above`,
      })
  const agencies = rows.map(row => ({
    id: row.agencyId,
    name: row.agencyName,
    url: row.agencyUrl,
    phone: row.agencyPhone,
  }))
  return { agencies, timezone: zone }
}

/** Routes; a blank agency is the only one that there is. */
export function readRoutes(source: FeedSource, agencies: readonly FeedAgency[]): FeedRoute[] {
  const rows = readRows(source, 'routes.txt', ROUTE, { isNeeded: true, key: ['routeId'] })
  const networks = new Map(
    readRows(source, 'route_networks.txt', { networkId: id, routeId: id }, { key: ['routeId'] }).map(r => [
      r.routeId,
      r.networkId,
    ]),
  )
  const agencyAt = new Map(agencies.map((agency, i) => [agency.id, i]))
  return rows.flatMap(row => {
    const agency = row.agencyId === '' && agencies.length === 1 ? 0 : agencyAt.get(row.agencyId)
    if (agency === undefined) {
      source.complaints.add('error', row.agencyId === '' ? 'VALUE_MISSING' : 'ID_UNKNOWN', {
        file: 'routes.txt',
        row: row.row,
        column: 'agency_id',
        value: row.agencyId,
      })
      return []
    }
    return {
      id: row.routeId,
      agency,
      shortName: row.routeShortName,
      longName: row.routeLongName,
      type: row.routeType,
      colour: row.routeColor,
      network: networks.get(row.routeId) ?? row.networkId,
    }
  })
}
