import '@hexhail/ui/start.ts'
import cityWorkerUrl from '@hexhail/streets/city-worker.ts?worker&url'
import { createBoot } from '@hexhail/ui/app/boot.ts'
import { trustScriptUrl } from '@hexhail/ui/trusted-types.ts'
import { render } from 'preact'
import { App } from './App.tsx'

trustScriptUrl(cityWorkerUrl)
render(<App boot={createBoot('driver', cityWorkerUrl)} />, document.getElementById('app') as HTMLElement)
