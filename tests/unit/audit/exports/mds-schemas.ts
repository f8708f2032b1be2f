import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

/** The bound schemas of MDS 2.0, where the folder of references stands beside the tree. */
export const MDS_SCHEMAS = new URL(
  '../../../../../shared/data/regulator/mds-2.0-json-schema/',
  import.meta.url,
)

type Validate = (row: unknown) => boolean

/** Whether a row of each file is valid. The status schema cannot be compiled as published: its parts are asked. */
export function mdsValidators(): Readonly<Record<string, Validate>> {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const of = (name: string): Validate => {
    const validate = ajv.compile(
      JSON.parse(readFileSync(new URL(`${name}.schema.json`, MDS_SCHEMAS), 'utf8')),
    )
    return row => validate(row) === true
  }
  const event = of('event.bound')
  const telemetry = of('telemetry')
  return {
    'mds-trips.json': of('trip.bound'),
    'mds-vehicles.json': of('vehicle.bound'),
    'mds-events.json': event,
    'mds-vehicles-status.json': row => {
      const { last_event, last_telemetry } = row as { last_event: unknown; last_telemetry: unknown }
      return event(last_event) && telemetry(last_telemetry)
    },
  }
}
