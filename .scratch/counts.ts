import { readFileSync } from 'node:fs'
import { openCity } from '@hexhail/streets/city.ts'

const city = openCity(new Uint8Array(readFileSync('/tmp/dev/porto.city')))
const s = city.streets
console.log(Object.fromEntries(Object.entries(s).map(([k, v]) => [k, (v as any).length])))
for (const [k, v] of Object.entries(city))
  if (typeof v === 'object' && !Array.isArray(v))
    console.log(k, Object.fromEntries(Object.entries(v as any).map(([k, v]) => [k, (v as any)?.length])))
console.log('names', city.names.length)
