import type { en } from './en.ts'

/** Indicaciones del camino. */
export const es: { readonly [K in keyof typeof en]: string } = {
  step_depart: 'Sal por {street}',
  step_depart_on: 'Sal',
  step_straight: 'Sigue derecho por {street}',
  step_straight_on: 'Sigue derecho',
  'step_slight-left': 'Mantente a la izquierda: {street}',
  'step_slight-left_on': 'Mantente a la izquierda',
  'step_slight-right': 'Mantente a la derecha: {street}',
  'step_slight-right_on': 'Mantente a la derecha',
  step_left: 'A la izquierda por {street}',
  step_left_on: 'Gira a la izquierda',
  step_right: 'A la derecha por {street}',
  step_right_on: 'Gira a la derecha',
  'step_sharp-left': 'Cerrado a la izquierda por {street}',
  'step_sharp-left_on': 'Gira cerrado a la izquierda',
  'step_sharp-right': 'Cerrado a la derecha por {street}',
  'step_sharp-right_on': 'Gira cerrado a la derecha',
  'step_u-turn': 'Da la vuelta en {street}',
  'step_u-turn_on': 'Da la vuelta',
  step_roundabout: 'Rotonda, salida {exit}: {street}',
  step_roundabout_on: 'Rotonda, salida {exit}',
  step_roundabout_in: 'Entra en la rotonda',
  step_arrive: 'Llegada',
  step_arrive_left: 'Llegada, a la izquierda',
  step_arrive_right: 'Llegada, a la derecha',
}
