/** What a provider of e-mail is asked: to send one. It cannot be taken back, and nobody else's transaction covers it. */
import type { Tagged } from '../kernel/machine';
import type { OnBehalf } from './store-protocol';

export interface SendMail extends Tagged, OnBehalf {
  readonly type: 'SendMail';
  readonly ticket: number;
}
export interface MailSent extends Tagged {
  readonly type: 'MailSent';
  readonly ticket: number;
}
