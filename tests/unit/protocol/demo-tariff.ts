import { demoTariff } from '@hexhail/chain/demo-tariff.ts'

/** The tariff of the tests: the demo city's. */
export const TARIFF = demoTariff(`0x${'a1'.repeat(20)}`)
