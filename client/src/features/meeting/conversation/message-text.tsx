import Link from '@mui/material/Link';
import { linkify } from './linkify.ts';

/** What somebody wrote: lines as they were, and addresses that can be clicked, which learn nothing of this page. */
export function MessageText({ text }: { text: string }) {
  return (
    <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {linkify(text).map(({ text: shown, href }, index) =>
        href === undefined ? (
          shown
        ) : (
          <Link key={index} href={href} target="_blank" rel="noopener noreferrer nofollow">
            {shown}
          </Link>
        ),
      )}
    </span>
  );
}
