import { isComplete, tidyProfile } from '@hexhail/driver-web/profile.ts'
import { describe, expect, it } from 'vitest'

describe('a driver’s profile', () => {
  it('fits its messages in bytes, whatever a person types', () => {
    const tidy = tidyProfile({
      name: ' Ñandú '.repeat(9),
      text: '🚕'.repeat(40),
      plate: ' stx 1234 ',
      seats: 99,
      needs: 255,
    })
    expect(new TextEncoder().encode(tidy.name).length).toBeLessThanOrEqual(32)
    expect(new TextEncoder().encode(tidy.text).length).toBeLessThanOrEqual(48)
    expect(tidy).toMatchObject({ plate: 'STX 1234', seats: 8, needs: 15 })
  })

  it('is complete when a rider could find the car by it', () => {
    const profile = { name: 'Bruno', text: 'BYD', plate: 'STX 1', seats: 4, needs: 0 }
    expect(isComplete(profile)).toBe(true)
    expect(isComplete(tidyProfile({ ...profile, plate: '  ' }))).toBe(false)
  })
})
