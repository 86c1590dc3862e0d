"""Joins evidence and outcomes into what a patient may expect, in plain and honest sentences."""
