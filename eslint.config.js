import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import {
  arithmeticRules,
  asyncAllowed,
  determinismRules,
  deterministicLayers,
} from './scripts/determinism.js';
import svelteConfig from './svelte.config.js';

const deterministicFiles = deterministicLayers.map((layer) => `src/${layer}/**/*.ts`);
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that a thing has one name everywhere.',
};

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'test-results/', '**/*.cjs'] },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
      // Made for SvelteKit's router; ours is a hash router.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        parser: ts.parser,
        svelteConfig,
      },
    },
  },
  {
    // Plain Node scripts and configuration.
    files: ['**/*.{js,mjs}', 'scripts/**', '*.ts'],
    languageOptions: { globals: globals.node },
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.{js,mjs}'], extends: [ts.configs.disableTypeChecked] },
  { files: ['public/**/*.js'], languageOptions: { globals: globals.browser } },
  {
    // A lesson is read through a glob, which hands out a module's default.
    files: ['lessons/**/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // Tests look into anything, and stand in for what is async elsewhere.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // A conformance scenario is read by its file name, and has no other name.
    files: ['tests/conformance/*/**/*.ts'],
    // What the library hands to a handler is typed as methods, and taken apart by everybody.
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
  { files: ['src/scenario/**/*.ts'], rules: arithmeticRules },
  { files: deterministicFiles, rules: determinismRules({ async: false, more: [noDefaultExport] }) },
  { files: asyncAllowed, rules: determinismRules({ async: true, more: [noDefaultExport] }) },
);
