import type { MakeFold } from '../fold';
import { shown, unknown } from '../verdict';

/** A wrong answer is not the end of it: people may think again, so it is never violated. */
export const answerFold: MakeFold<'answer'> = ({ question, is }, { setting }) => ({
  route: () => null,
  outcome: () => {
    const given = setting.answers?.[question];
    if (given === undefined) return unknown('answer');
    return given === is ? shown({ facts: [], at: null }) : unknown('different');
  },
});
