/** The mark: three warp threads and the gold one through them. */
export function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <rect x="1" y="3" width="20" height="16" rx="4" fill="var(--bg-4)" />
      <path d="M6 3v16M11 3v16M16 3v16" stroke="var(--tx-3)" strokeWidth="1.4" />
      <path d="M1 8.5h3c2 0 2 0 2 0s3 5 5 5 3-5 5-5 3 0 5 0" fill="none" stroke="var(--ac)" strokeWidth="2.2" />
    </svg>
  );
}
