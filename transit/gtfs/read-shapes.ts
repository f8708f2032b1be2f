import { count, degrees, id, needed } from './field.ts'
import { type FeedSource, readRows } from './read-rows.ts'

/** The line that a trip drives: places as lng, lat, lng, lat … in degrees. */
export type Shapes = ReadonlyMap<string, Float64Array>

const POINT = {
  shapeId: id,
  shapePtLat: needed(degrees(90)),
  shapePtLon: needed(degrees(180)),
  shapePtSequence: needed(count),
}

/** Shapes by id, their points in order. */
export function readShapes(source: FeedSource): Shapes {
  const rows = readRows(source, 'shapes.txt', POINT, { key: ['shapeId', 'shapePtSequence'] })
  const byId = new Map<string, typeof rows>()
  for (const row of rows) {
    const shape = byId.get(row.shapeId)
    if (shape) shape.push(row)
    else byId.set(row.shapeId, [row])
  }
  return new Map(
    [...byId].map(([shape, points]) => [
      shape,
      Float64Array.from(
        points
          .sort((a, b) => a.shapePtSequence - b.shapePtSequence)
          .flatMap(p => [p.shapePtLon, p.shapePtLat]),
      ),
    ]),
  )
}
