/** Who comes, in what: name, car, number plate. */
export function CarLine({
  name,
  car,
  plate,
}: {
  readonly name: string
  readonly car: string
  readonly plate: string
}) {
  return (
    <div class="car-line">
      <span class="row grow">
        <span class="avatar" aria-hidden="true">
          {[...name][0]?.toUpperCase() ?? ''}
        </span>
        <span class="grow">
          <span class="strong">{name}</span>
          <span class="switch-hint">{car}</span>
        </span>
      </span>
      <span class="plate">{plate}</span>
    </div>
  )
}
