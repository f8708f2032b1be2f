import { placeInUrl } from '@hexhail/driver-web/start-place.ts'
import { describe, expect, it } from 'vitest'

describe('the place in the address', () => {
  it('is read when it is a place, and not otherwise', () => {
    expect(placeInUrl('?at=-56.16,-34.9')).toEqual([-56.16, -34.9])
    for (const wrong of ['', '?at=', '?at=1', '?at=a,b', '?at=-56.16,-134.9', '?at=1e9,1', '?at=1,2,3'])
      expect(placeInUrl(wrong)).toBeNull()
  })
})
