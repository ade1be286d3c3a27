import createCache from '@emotion/cache';

/** vite.config.ts makes this meta element, and the API fills the nonce in; without it the policy refuses our styles. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

export const styleCache = createCache({ key: 'vc', prepend: true, ...(nonce && { nonce }) });
