import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** True from the moment that a box is in view, so that what is heavy in it comes no sooner. */
export function useSeen(box: RefObject<Element | null>): boolean {
  const [isSeen, setSeen] = useState(false)
  useEffect(() => {
    if (!box.current || isSeen) return
    const watch = new IntersectionObserver(entries => {
      if (entries.some(each => each.isIntersecting)) setSeen(true)
    })
    watch.observe(box.current)
    return () => watch.disconnect()
  }, [isSeen])
  return isSeen
}
