"""The same mixed model once more, plainly: one big matrix, loops over people, derivatives by the book. Slow on purpose."""

import itertools

import numpy as np


class Plain:
    """All the quantities of Kenward and Roger (1997) at one covariance of the visits."""

    def __init__(self, scores, design, covariance):
        v, q = scores.shape[1], design.shape[1]
        self.pairs = [(a, b) for a in range(v) for b in range(a + 1)]
        self.people = []
        for y, z in zip(scores, design, strict=True):
            seen = np.flatnonzero(np.isfinite(y))
            if len(seen):
                x = np.kron(np.eye(v)[seen], z)
                self.people.append((y[seen], x, np.linalg.inv(covariance[np.ix_(seen, seen)]), seen))
        self.information = sum(x.T @ i @ x for _, x, i, _ in self.people)
        self.phi = np.linalg.inv(self.information)
        self.effects = self.phi @ sum(x.T @ i @ y for y, x, i, _ in self.people)
        self.shape = (v, q)

    def log_likelihood(self):
        total = np.linalg.slogdet(self.information)[1]
        answers = 0
        for y, x, i, _ in self.people:
            r = y - x @ self.effects
            total += r @ i @ r - np.linalg.slogdet(i)[1]
            answers += len(y)
        return -0.5 * (total + (answers - len(self.effects)) * np.log(2 * np.pi))

    def derivative(self, pair, seen):
        whole = np.zeros((self.shape[0], self.shape[0]))
        whole[pair] = whole[pair[::-1]] = 1.0
        return whole[np.ix_(seen, seen)]

    def kenward_roger(self):
        """Φ_A and W."""
        k = len(self.pairs)
        p = [sum(-x.T @ i @ self.derivative(a, s) @ i @ x for _, x, i, s in self.people) for a in self.pairs]
        info = np.zeros((k, k))
        q = {}
        for a, b in itertools.product(range(k), repeat=2):
            da, db = self.pairs[a], self.pairs[b]
            q[a, b] = sum(
                x.T @ i @ self.derivative(da, s) @ i @ self.derivative(db, s) @ i @ x for _, x, i, s in self.people
            )
            trace = sum(np.trace(i @ self.derivative(da, s) @ i @ self.derivative(db, s)) for _, _, i, s in self.people)
            info[a, b] = 0.5 * (trace - 2 * np.trace(self.phi @ q[a, b]) + np.trace(self.phi @ p[a] @ self.phi @ p[b]))
        w = np.linalg.inv(info)
        inner = sum(w[a, b] * (q[a, b] - p[a] @ self.phi @ p[b]) for a, b in itertools.product(range(k), repeat=2))
        return self.phi + 2 * self.phi @ inner @ self.phi, w, p

    def degrees(self, line):
        _, w, p = self.kenward_roger()
        g = np.array([-line @ self.phi @ each @ self.phi @ line for each in p])
        return 2 * (line @ self.phi @ line) ** 2 / (g @ w @ g)
