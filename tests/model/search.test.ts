import { describe, expect, it } from 'vitest'
import { SCENARIOS } from './scenario.ts'
import { search } from './search.ts'
import { createWorld } from './world.ts'

describe('all that can happen on a trip', () => {
  const total = { states: 0, transitions: 0 }
  for (const scenario of SCENARIOS)
    it(`breaks no rule: ${scenario.name}`, () => {
      const { fault, states, transitions } = search(createWorld(scenario), scenario.states)
      expect(fault).toBeNull()
      total.states += states
      total.transitions += transitions
    })

  it('is more than a million states', () => {
    expect(total.states).toBeGreaterThan(1_000_000)
    expect(total.transitions).toBeGreaterThan(2_000_000)
  })
})
