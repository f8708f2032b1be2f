import { emergencyNumber } from '@hexhail/ui/emergency-number.ts'
import { expect, test } from 'vitest'

test('the number is the deployment’s own, else the country’s, else the one that every network takes', () => {
  expect(emergencyNumber({ country: 'UY' })).toBe('911')
  expect(emergencyNumber({ country: 'BR' })).toBe('190')
  expect(emergencyNumber({ country: 'DE' })).toBe('112')
  expect(emergencyNumber({})).toBe('112')
  expect(emergencyNumber({ country: 'UY', emergency: '105' })).toBe('105')
})
