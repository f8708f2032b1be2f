/** What a child process of the demo tells its parent over the IPC channel. */
export type ChildReport =
  | { readonly type: 'ready'; readonly data: unknown }
  | { readonly type: 'progress'; readonly label: string; readonly fraction: number }
  | { readonly type: 'fault'; readonly message: string }
