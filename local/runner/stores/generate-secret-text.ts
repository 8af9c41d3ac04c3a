import { randomInt } from 'node:crypto';
import * as v from 'valibot';
import type { SecretGeneration } from '../resources/secrets.ts';
import { TemplateError } from '../template/template-error.ts';

const lowercase = 'abcdefghijklmnopqrstuvwxyz';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/**
 * Makes up a secret's value as CloudFormation does: a password, or a JSON object with a password in it.
 * @throws TemplateError when nothing is left to choose from, or the object's text is not JSON
 */
export function generateSecretText(generation: SecretGeneration, logicalId: string): string {
  const alphabet = alphabetOf(generation);
  if (alphabet === '') throw new TemplateError(`${logicalId}: GenerateSecretString excludes every character`);
  const password = Array.from({ length: generation.PasswordLength }, () =>
    alphabet.charAt(randomInt(alphabet.length)),
  ).join('');
  const { SecretStringTemplate: template, GenerateStringKey: key } = generation;
  if (template === undefined || key === undefined) return password;
  const object = v.safeParse(v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown())), template);
  if (!object.success) throw new TemplateError(`${logicalId}: SecretStringTemplate is not a JSON object`);
  return JSON.stringify({ ...object.output, [key]: password });
}

function alphabetOf(generation: SecretGeneration): string {
  const all = [
    generation.ExcludeLowercase ? '' : lowercase,
    generation.ExcludeUppercase ? '' : lowercase.toUpperCase(),
    generation.ExcludeNumbers ? '' : '0123456789',
    generation.ExcludePunctuation ? '' : punctuation,
    generation.IncludeSpace ? ' ' : '',
  ].join('');
  return all
    .split('')
    .filter((character) => !generation.ExcludeCharacters.includes(character))
    .join('');
}
