# policygraph with the server of its questions; see compose.yaml.
FROM node:22-slim AS browser
WORKDIR /build/viz/web
COPY viz/web/package.json viz/web/package-lock.json viz/web/.npmrc ./
RUN npm ci --no-progress
COPY viz /build/viz
RUN npm run build

FROM python:3.11-slim
WORKDIR /app
COPY requirements/run.lock requirements/
RUN pip install --no-cache-dir --require-hashes --requirement requirements/run.lock
COPY . .
COPY --from=browser /build/viz/static viz/static
RUN pip install --no-cache-dir --no-deps --no-build-isolation .
USER nobody
WORKDIR /documents
ENTRYPOINT ["policygraph"]
