import type { ComponentChildren } from 'preact'

/** Properties of `Card`. */
export interface CardProps {
  readonly children: ComponentChildren
  readonly tone?: 'line' | 'flat' | 'sun'
  /** Makes it a named region. */
  readonly label?: string
}

/** A bounded group of facts. */
export function Card({ children, tone = 'line', label }: CardProps) {
  return label === undefined ? (
    <div class="card" data-tone={tone}>
      {children}
    </div>
  ) : (
    <section class="card" data-tone={tone} aria-label={label}>
      {children}
    </section>
  )
}
