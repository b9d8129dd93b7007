import type { Plugin } from 'vite';

/**
 * Learner code and share links are run and opened in this page, so nothing may be loaded from elsewhere or
 * evaluated from text. 'wasm-unsafe-eval' is there for a sandbox compiled to WebAssembly. The README gives the
 * same policy as a header, for hosts that can send one.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "worker-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Puts the policy into the built page. Not in development, where Vite injects inline styles. */
export function contentPolicy(): Plugin {
  return {
    name: 'content-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}
