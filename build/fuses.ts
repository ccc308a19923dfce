/**
 * The switches burnt into the packaged program, by their names in Electron's fuse wire. Packaging sets them, and the
 * check of the package reads them back; a release with another wire is refused.
 */
export const fuses = {
  /** Off: the program is no Node for whoever sets ELECTRON_RUN_AS_NODE. The engine runs on a Node of its own. */
  runAsNode: false,
  /** Off: NODE_OPTIONS of the caller must not load code into the shell. */
  enableNodeOptionsEnvironmentVariable: false,
  /** Off: no --inspect on the shell. The end-to-end build turns this one on, because Playwright needs it. */
  enableNodeCliInspectArguments: false,
  /** On: the code comes from the archive alone, not from a folder laid beside it. */
  onlyLoadAppFromAsar: true,
  /** On: the archive is what was packaged. macOS and Windows check it, Linux does not. */
  enableEmbeddedAsarIntegrityValidation: true,
  /** Off: file:// has no special rights; nothing is loaded from it. */
  grantFileProtocolExtraPrivileges: false,
  enableCookieEncryption: true,
  loadBrowserProcessSpecificV8Snapshot: false,
} as const satisfies Readonly<Record<string, boolean>>;
