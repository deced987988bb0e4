# docker build --tag footnote .
# docker run --interactive --tty --env-file .env --volume footnote-data:/app/data --volume "$PWD/seeds:/app/seeds:ro" footnote
#
# Articles of your own: put their folder in place of "$PWD/seeds" above, and leave ARTICLES_DIR unset.
#
# On a machine without a GPU, spare yourself gigabytes of CUDA: add
#   --build-arg PIP_EXTRA_INDEX_URL=…   (PyTorch's package index for CPU; its install page has the address)
FROM python:3.11-slim

ARG PIP_EXTRA_INDEX_URL
ENV PYTHONUNBUFFERED=1 HF_HOME=/app/data/models
WORKDIR /app

# The dependencies first: this layer stays as long as only code and articles change.
COPY pyproject.toml constraints.txt README.md LICENSE ./
RUN mkdir bot index && pip install --no-cache-dir --constraint constraints.txt .

COPY index index
COPY bot bot
COPY seeds seeds
RUN useradd --system --no-create-home footnote && mkdir data && chown footnote data
USER footnote
VOLUME /app/data

CMD ["sh", "-c", "python -m index build --or-keep </dev/null >&2 && exec python -m bot"]
