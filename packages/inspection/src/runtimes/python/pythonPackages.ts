/**
 * Packages that many programs import first and whose sources are not read, as they are installed. None of them changes where Python finds other modules:
 * each was imported, and `sys.path` and `sys.path_hooks` were the same after it; what some add to `sys.meta_path` finds names within themselves alone
 * (six's and Bottle's). Of all other packages nothing is known.
 */
const packages = new Set(
  (
    "OpenSSL PIL aioboto3 aiohttp aiokafka alembic anthropic anyio apscheduler arq asgiref asyncpg attr attrs azure babel bcrypt boto3 " +
    "botocore bottle bs4 cachetools celery certifi cffi charset_normalizer click colorama confluent_kafka corsheaders crispy_forms cryptography dash " +
    "databases dateutil decouple discord django django_filters dj_database_url dotenv dramatiq elasticsearch email_validator environ falcon fastapi flask " +
    "flask_bcrypt flask_caching flask_cors flask_jwt_extended flask_limiter flask_login flask_marshmallow flask_migrate flask_restful " +
    "flask_restx flask_socketio flask_sqlalchemy flask_wtf google graphene greenlet grpc gunicorn h11 httptools httpx huey idna itsdangerous jinja2 joblib " +
    "jose jsonschema jwt kafka kombu langchain loguru lxml mangum markdown markupsafe marshmallow matplotlib mongoengine motor multipart mysql nats numpy " +
    "openai openpyxl orjson pandas paramiko passlib peewee pika plotly prometheus_client psutil psycopg psycopg2 pydantic pydantic_settings " +
    "pymongo pymysql pytz quart redis requests rest_framework rest_framework_simplejwt rich rq sanic schedule scipy sentry_sdk simplejson " +
    "sklearn slack_bolt slack_sdk slowapi sqlalchemy sqlmodel starlette statsd streamlit stripe structlog telegram tenacity tiktoken toml tornado tqdm " +
    "twilio typer typing_extensions ujson urllib3 uvicorn uvloop waitress websocket websockets werkzeug whitenoise wtforms xlsxwriter yaml yarl zmq"
  ).split(" "),
);

/** Whether a module is of a package that is known to leave alone how others are found. */
export function leavesOthersAlone(module: string): boolean {
  return packages.has(module.split(".")[0]!);
}
